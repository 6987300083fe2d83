"""The generated page of the policy is in step with the data, and its example of a profile works."""

from __future__ import annotations

import re
from pathlib import Path

from ionm_notes.policy import docs, load_policy

PAGE = Path(__file__).parent.parent.parent / "docs" / "policy.md"


def test_the_page_is_in_step_with_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == docs.render(), "run: python -m ionm_notes.policy.docs"


def test_the_example_of_a_profile_works(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", docs.render(), re.DOTALL)
    assert example is not None
    (tmp_path / "acme.toml").write_text(example[1], encoding="utf-8")
    assert load_policy("acme", None, tmp_path).time_code("remote_shared") is None
