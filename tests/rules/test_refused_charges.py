"""A charged code that cannot stand is listed among what is not reportable, once, with the rule that refuses it."""

from __future__ import annotations

from builders import billed, case, line, refused, scene

from ionm_notes.rules.billing import refused_charges


def test_a_deleted_code_and_a_study_that_was_not_done_are_not_reportable() -> None:
    charges = (billed("95920", 2), billed("95955", 1, "26"), billed("95955"), billed("95938"))
    found = refused_charges(scene(case(billing=charges), codes=(line("95938"),)))
    assert [(item.code, item.rule) for item in found] == [("95920", "deleted-code"), ("95955", "unsupported-study")]
    assert all(item.rationale and item.evidence for item in found)


def test_what_is_named_already_is_not_named_again() -> None:
    found = refused_charges(scene(case(billing=(billed("95920"),)), not_reportable=(refused("95920", "former code"),)))
    assert found == ()
