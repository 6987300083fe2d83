"""Removes each protection of patient data in a copy of the tree and runs its test, which must fail; prints docs/security.md's table.

    python benchmarks/protections.py [PART OF A NAME]

A mutation is a piece of the program and what stands in its place; a piece that is not found stops the script. Needs git.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PHI = "tests/phi"


@dataclass(frozen=True)
class Removed:
    """A protection, how it is removed (in `file`, `old` becomes `new`), and the test that must notice."""

    what: str
    file: str
    old: str
    new: str
    test: str
    also: tuple[str, str] = ("", "")
    """What else in the file becomes what."""


def at(name: str) -> str:
    """A file of the package."""
    return f"ionm_notes/{name}.py"


REST, TRAIL, MINIMUM, COPY, PURGE, HARD, NONE, PAPERS, SUPPLY = (
    f"{PHI}/test_{name}.py::test_"
    for name in (
        "at_rest",
        "trail_and_proofs",
        "minimum",
        "deidentify",
        "purge",
        "hard_times",
        "no_surprises",
        "papers",
        "supply_chain",
    )
)
REMOVED = (
    Removed(
        "new stores are encrypted where asked",
        at("store/opening"),
        "key = new_key(path) if wanted else None",
        "key = None",
        f"{REST}an_encrypted_store_holds_nothing_in_the_clear_and_answers_every_question",
    ),
    Removed(
        "a wrong key is told as such",
        at("store/opening"),
        'raise IonmError("store-wrong-key", str(path)) from None',
        "raise",
        f"{REST}a_wrong_key_is_said_to_be_wrong_and_shown_nowhere",
    ),
    Removed(
        "SQLCipher's own log is off",
        at("store/opening"),
        'locked.execute("PRAGMA cipher_log_level = NONE")',
        "pass",
        f"{REST}a_wrong_key_is_said_to_be_wrong_and_shown_nowhere",
    ),
    Removed(
        "no option takes a key",
        at("cli/main"),
        'typer.Option("--key-file", envvar',
        'typer.Option("--key-file", "--key", envvar',
        f"{REST}no_option_takes_a_key_itself",
    ),
    Removed(
        "a key shows in no repr",
        at("phi/keys"),
        "secret: str = field(repr=False)",
        "secret: str = field()",
        f"{REST}no_option_takes_a_key_itself",
    ),
    Removed(
        "key files that others may read are refused",
        at("phi/keys"),
        "mode & 0o077:",
        "mode & 0:",
        f"{REST}a_key_file_that_others_may_read_is_refused",
    ),
    Removed(
        "keys of a person are long",
        at("phi/keys"),
        "if len(first) < SHORTEST:",
        "if False:",
        f"{REST}a_person_at_the_terminal_is_asked_and_a_short_answer_is_not_taken",
    ),
    Removed(
        "a key for a plain store is not ignored",
        at("store/opening"),
        "if wanted and is_plain(path):",
        "if False:",
        f"{REST}a_key_for_a_store_in_the_clear_is_refused_instead_of_ignored",
    ),
    Removed(
        "re-keying",
        at("cli/db_command"),
        "rows = rewrite(db, old, new)",
        "rows = rewrite(db, old, old)",
        f"{REST}a_store_is_encrypted_rekeyed_and_decrypted_with_all_it_holds",
    ),
    Removed(
        "the store is mode 0600",
        at("store/opening"),
        "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600",
        "os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644",
        f"{REST}every_file_of_the_store_is_its_owners_alone",
    ),
    Removed(
        "keys and copies are mode 0600",
        at("phi/scratch"),
        'getattr(os, "O_BINARY", 0), 0o600',
        'getattr(os, "O_BINARY", 0), 0o644',
        f"{REST}every_file_of_the_store_is_its_owners_alone",
    ),
    Removed(
        "temporary files lie in a private folder",
        at("phi/scratch"),
        "folder.mkdir(mode=0o700)",
        "folder.mkdir(mode=0o755)",
        f"{REST}scratch_of_living_programs_is_left_alone",
    ),
    Removed(
        "a killed program's temporary files are removed",
        at("store/opening"),
        "    sweep(path.absolute().parent)\n",
        "",
        f"{REST}what_a_killed_rewrite_leaves_is_swept_by_the_next_start",
    ),
    Removed(
        "temporary files of living programs stay",
        at("phi/scratch"),
        "return _started(pid) == started",
        "return False",
        f"{REST}scratch_of_living_programs_is_left_alone",
    ),
    Removed(
        "the old file in the clear is overwritten",
        at("phi/rewrite"),
        "                    _wipe(was)",
        "                    pass",
        f"{REST}a_plain_store_leaves_no_bytes_in_the_clear_in_its_old_file",
    ),
    Removed(
        "a store in use is not rewritten",
        at("phi/rewrite"),
        "                _alone(connection, path)",
        "                pass",
        f"{REST}a_store_in_use_by_another_program_is_not_rewritten",
    ),
    Removed(
        "no recognised page is cached in the clear",
        at("phi/keys"),
        'os.environ.setdefault(VARIABLE, "off")',
        "pass",
        f"{REST}pages_are_not_cached_in_the_clear_beside_an_encrypted_store",
    ),
    Removed(
        "the trail refuses changes",
        at("store/schema_desk"),
        '    "trail": "",\n',
        "",
        f"{TRAIL}an_entry_cannot_be_changed_or_deleted",
    ),
    Removed(
        "reading leaves an entry",
        at("cli/noting"),
        '            note(store, action, f"document {document}", {"command": command})',
        "            pass",
        f"{TRAIL}reading_auditing_exporting_and_deleting_leave_an_entry_each",
    ),
    Removed(
        "auditing leaves an entry",
        at("cli/keep"),
        'append(self._store, who(), "audited", f"document {document}", detail, now)',
        "pass",
        f"{TRAIL}reading_auditing_exporting_and_deleting_leave_an_entry_each",
    ),
    Removed(
        "deleting leaves an entry",
        at("phi/purge"),
        '            append(store, who, "deleted"',
        '            (lambda *_: None)(store, who, "deleted"',
        f"{TRAIL}reading_auditing_exporting_and_deleting_leave_an_entry_each",
    ),
    Removed(
        "the chain of hashes is checked",
        at("store/trail"),
        'if _hash(number, head, *content) != row["hash"]:',
        "if False:",
        f"{TRAIL}verify_says_where_the_chain_breaks",
    ),
    Removed(
        "a missing entry is noticed",
        at("store/trail"),
        "        if number != count + 1:",
        "        if False:",
        f"{TRAIL}verify_notices_a_missing_entry_and_with_the_head_a_cut_end",
    ),
    Removed(
        "the store's integrity is checked",
        at("phi/copies"),
        "        except Exception as error:\n            faults.append(",
        "        except Exception as error:\n            str(",
        f"{TRAIL}verify_notices_a_store_that_is_not_sound",
    ),
    Removed(
        "the script checks the signature",
        "tools/check_bundle.py",
        "if not signature_holds(public, text.encode(), value):",
        "if False:",
        f"{TRAIL}the_script_says_what_does_not_hold",
    ),
    Removed(
        "the script checks the document's hash",
        "tools/check_bundle.py",
        'if hashlib.sha256(file.read()).hexdigest() != document["sha256"]:',
        "if False:",
        f"{TRAIL}the_script_says_what_does_not_hold",
    ),
    Removed(
        "the script checks the key that was told",
        "tools/check_bundle.py",
        "if given.key and",
        "if False and",
        f"{TRAIL}the_script_says_what_does_not_hold",
    ),
    Removed(
        "the script adds up the minutes",
        "tools/check_bundle.py",
        "faults += minutes_faults(audit)",
        "",
        f"{TRAIL}the_script_says_what_does_not_hold",
    ),
    Removed(
        "pages are stored masked",
        at("phi/apply"),
        "pages=masked_pages(record.pages, masker),",
        "pages=record.pages,",
        f"{MINIMUM}what_a_level_masks_is_neither_stored_nor_printed",
    ),
    Removed(
        "lines are stored and printed masked",
        at("phi/apply"),
        "lines=tuple(masked_line(line, masker) for line in record.lines),",
        "lines=record.lines,",
        f"{MINIMUM}what_a_level_masks_is_neither_stored_nor_printed",
    ),
    Removed(
        "dates move",
        at("phi/dates"),
        "new = value + timedelta(days=days)\n    if re",
        "new = value\n    if re",
        f"{MINIMUM}what_a_level_masks_is_neither_stored_nor_printed",
    ),
    Removed(
        "all dates of a patient move by the same days",
        at("phi/mask"),
        "days_for(self.secret, self.known.patient)",
        "days_for(self.secret, str(id(self.known)))",
        f"{MINIMUM}two_documents_of_one_patient_move_by_the_same_days_and_another_patient_by_others",
    ),
    Removed(
        "file names are masked",
        at("phi/level"),
        'f"document-{digest[:12]}{endings}"',
        "name",
        f"{MINIMUM}a_file_name_with_a_patients_name_goes_too",
    ),
    Removed(
        "what nobody knows is taken for a name",
        at("phi/known"),
        "    _strangers(known, reading)\n",
        "",
        f"{COPY}a_name_that_nothing_marks_is_masked_because_it_is_no_word",
    ),
    Removed(
        "a PDF is read back",
        at("phi/deidentify"),
        '        _hold(name, "\\n".join(text_underneath(pdf)), masker)\n',
        "",
        f"{COPY}what_reading_back_finds_stops_the_copy",
    ),
    Removed(
        "a PDF copy is made anew",
        at("phi/deidentify"),
        "pdf = redacted(document, data, masker, _password(data, passwords))",
        "pdf = data",
        f"{COPY}a_pdf_copy_holds_nothing_underneath",
    ),
    Removed(
        "deleted rows are overwritten and the file rewritten (both away: either alone would do)",
        at("phi/purge"),
        "    _rewrite(store)\n    return certificate",
        "    return certificate",
        f"{PURGE}a_deleted_document_is_in_no_file_and_no_index",
        ("PRAGMA secure_delete = ON", "PRAGMA secure_delete = OFF"),
    ),
    Removed(
        "the full-text index is made anew",
        at("phi/purge"),
        "for index in _indexes(store):",
        "for index in ():",
        f"{PURGE}a_deleted_document_is_in_no_file_and_no_index",
    ),
    Removed(
        "kept originals go too",
        at("phi/purge"),
        'store.db.execute("DELETE FROM originals WHERE sha256 NOT IN (SELECT original FROM document_files)")',
        "pass",
        f"{PURGE}the_kept_original_goes_with_its_document",
    ),
    Removed(
        "certificates are never changed",
        at("store/schema_phi"),
        'for name in ("update", "delete")',
        "for name in ()",
        f"{PURGE}the_certificate_says_what_how_and_who_and_cannot_be_changed",
    ),
    Removed(
        "a legal hold keeps a document, by hand too",
        at("store/schema_phi"),
        "released_at IS NULL)\n        BEGIN",
        "released_at IS NULL) AND 0\n        BEGIN",
        f"{PURGE}a_document_under_a_hold_stays_until_it_is_released",
    ),
    Removed(
        "a document that only mentions the name stays",
        at("phi/purge"),
        "(mine if _names_patient(store, one.id, words) else others).append(one)",
        "mine.append(one)",
        f"{PURGE}a_document_that_only_mentions_the_name_is_named_and_left",
    ),
    Removed(
        "a store of a newer program is refused",
        at("store/database"),
        "        if newer:\n",
        "        if False:\n",
        "tests/store/test_database.py::test_a_file_of_a_newer_program_is_not_touched",
    ),
    Removed(
        "a backup of a newer program is not restored",
        at("store/database"),
        "        if newer:\n",
        "        if False:\n",
        f"{PHI}/test_copies.py::test_a_backup_of_a_newer_program_is_refused_and_changes_nothing",
    ),
    Removed(
        "a damaged backup is not restored",
        at("phi/copies"),
        "        if found.faults:\n            raise",
        "        if False:\n            raise",
        f"{PHI}/test_copies.py::test_a_backup_whose_text_and_search_index_disagree_changes_nothing",
    ),
    Removed(
        "the store before a restore is kept",
        at("phi/copies"),
        "                os.rename(path, kept)\n",
        "",
        f"{PHI}/test_copies.py::test_a_restore_brings_back_what_was_and_keeps_what_is",
    ),
    Removed(
        "a document is stored in one transaction",
        at("store/database"),
        'self.db.execute("BEGIN IMMEDIATE")',
        "pass",
        f"{HARD}a_disk_that_fills_up_in_a_batch_keeps_what_is_stored_and_the_rest_follows_when_there_is_space",
    ),
    Removed(
        "a full disk is told as such",
        at("store/errors"),
        'sqlite3.SQLITE_FULL: "store-full",',
        "",
        f"{HARD}a_disk_that_fills_up_in_a_batch_keeps_what_is_stored_and_the_rest_follows_when_there_is_space",
    ),
    Removed(
        "a database in use is told as such",
        at("store/errors"),
        'sqlite3.SQLITE_BUSY: "store-locked",',
        "",
        f"{HARD}a_database_in_use_is_waited_for_and_then_named_and_loses_nothing",
    ),
    Removed(
        "a database that may only be read is told as such",
        at("store/errors"),
        'sqlite3.SQLITE_READONLY: "store-read-only",',
        "",
        f"{HARD}a_database_that_may_only_be_read_is_said_to_be_so",
    ),
    Removed(
        "half a file is removed",
        at("phi/scratch"),
        "        path.unlink(missing_ok=True)\n",
        "",
        f"{HARD}a_file_that_cannot_be_written_to_its_end_is_not_left_by_half",
    ),
    Removed(
        "a certificate is written over nothing",
        at("cli/db_records"),
        "        refuse_existing(certificate)",
        "        pass",
        f"{HARD}a_certificate_is_not_written_over_another_and_not_lost",
    ),
    Removed(
        "no network",
        at("cli/text_command"),
        "    from ionm_notes",
        '    __import__("socket").getaddrinfo("example.org", 80)\n    from ionm_notes',
        f"{NONE}no_command_reaches_for_the_network",
    ),
    Removed(
        "messages of faults are left out",
        at("cli/batch"),
        "type(error).__name__",
        "repr(error)",
        f"{NONE}a_fault_of_the_program_says_nothing_of_the_patient",
    ),
    Removed(
        "traces leave out messages",
        at("phi/traces"),
        "{name} (its message is left out)",
        "{name}: {seen}",
        f"{NONE}a_fault_of_the_program_says_nothing_of_the_patient",
    ),
    Removed(
        "messages of a command's fault are left out",
        at("cli/main"),
        "the program failed ({type(error).__name__})",
        "the program failed ({error!r})",
        f"{NONE}a_fault_in_the_command_itself_says_nothing_of_the_patient",
    ),
    Removed(
        "a fault's words are left out whichever command fails",
        at("cli/main"),
        "the program failed ({type(error).__name__})",
        "the program failed ({type(error).__name__}: {error})",
        f"{NONE}no_command_quotes_what_a_fault_says",
    ),
    Removed(
        "lines of an audit carry the limitation",
        at("contract_models"),
        "limitation: str = STATEMENT",
        'limitation: str = ""',
        f"{PHI}/test_limitation.py::test_the_summary_and_the_line_of_an_audit_say_what_they_are_not",
    ),
    Removed(
        "bundles carry the limitation with dates",
        at("phi/bundle"),
        '"limitation": in_full(),',
        '"limitation": "",',
        f"{PHI}/test_limitation.py::test_a_bundle_says_it_in_full_with_the_age_of_its_sources_and_what_was_not_verified",
    ),
    Removed(
        "every package is pinned",
        "requirements/lock-linux-x86_64-py311.txt",
        "lxml==",
        "lxmm==",
        f"{SUPPLY}the_lock_pins_with_a_hash_all_that_the_project_asks_for_in_the_range_it_asks_for",
    ),
    Removed(
        "the bill of materials is complete",
        "requirements/sbom.cdx.json",
        '"name": "lxml"',
        '"name": "lxmm"',
        f"{SUPPLY}the_bill_of_materials_lists_every_package_of_the_lock_with_its_hash",
    ),
    Removed(
        "licences are listed",
        "docs/licenses.md",
        "| lxml |",
        "| lxmm |",
        f"{SUPPLY}every_package_of_the_lock_has_its_licence_listed_and_none_binds_the_user_by_the_gpl",
    ),
    Removed(
        "a wheel is reproducible",
        "pyproject.toml",
        "[tool.hatch.build.targets.wheel]\n",
        "[tool.hatch.build.targets.wheel]\nreproducible = false\n",
        f"{SUPPLY}two_wheels_of_one_commit_are_equal_byte_for_byte",
    ),
    Removed(
        "transcripts are what the program prints",
        "docs/tutorial-coder.md",
        "supported",
        "supporxed",
        f"{PAPERS}a_tutorials_transcripts_are_what_the_program_prints",
    ),
    Removed(
        "the recall that is printed was measured",
        "docs/security.md",
        "| account | 80 | 80 |",
        "| account | 80 | 81 |",
        f"{PAPERS}recall_on_layouts_held_apart_is_what_the_page_says",
    ),
)


def notices(removed: Removed, tree: Path) -> bool:
    """Whether the test passes with the protection and fails without it."""
    path = tree / removed.file
    before = path.read_text()
    if removed.old not in before:
        sys.exit(f"{removed.what}: not found in {removed.file}")
    mutated = before.replace(removed.old, removed.new)
    path.write_text(mutated.replace(*removed.also) if removed.also[0] else mutated)
    try:
        command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", removed.test]
        done = subprocess.run(command, cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True)
    finally:
        path.write_text(before)
    if done.returncode not in (0, 1):
        sys.exit(f"{removed.what}: {done.stdout[-800:]}")
    return done.returncode == 1


def main() -> None:
    wanted = [one for one in REMOVED if len(sys.argv) < 2 or sys.argv[1] in one.what]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for name in listed.split("\0")[:-1]:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
        failed = [one.what for one in wanted if not _row(one, tree)]
    sys.exit(f"not noticed: {failed}" if failed else 0)


def _row(one: Removed, tree: Path) -> bool:
    noticed = notices(one, tree)
    test = one.test.removeprefix("tests/").replace(".py::test_", ": ").replace("_", " ")
    print(f"| {one.what} | {test} | {'fails' if noticed else '**passes**'} |", flush=True)
    return noticed


if __name__ == "__main__":
    main()
