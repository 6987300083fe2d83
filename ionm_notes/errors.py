"""Every error a user can meet: one table of codes, messages and remedies; docs/errors.md is made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """What happened (`message`, with {file} and {detail}), what to do next, and the exit code of the command."""

    message: str
    remedy: str
    exit_code: int = 1


ERRORS: dict[str, ErrorKind] = {
    "missing-file": ErrorKind("{file}: there is no such file", "Check the path.", 2),
    "not-a-file": ErrorKind("{file}: not a regular file", "Give a file, a folder or a pattern.", 2),
    "unreadable": ErrorKind("{file}: cannot be read ({detail})", "Check the permissions of the file."),
    "not-writable": ErrorKind(
        "{file}: cannot be written ({detail})", "Check the space on the disk and the permissions of the folder."
    ),
    "empty-file": ErrorKind("{file}: the file is empty", "Export the report again."),
    "too-large": ErrorKind("{file}: {detail}", "Split the file, or export the report alone."),
    "too-many-pages": ErrorKind("{file}: {detail}", "Split the packet and audit the report alone."),
    "encrypted-pdf": ErrorKind(
        "{file}: the PDF is protected by a password",
        "Give it with --password-file (at the desk: under Locked files), or save a copy without the password.",
    ),
    "encrypted-zip": ErrorKind(
        "{file}: the ZIP is protected by a password",
        "Give it with --password-file (at the desk: under Locked files), or unpack it and give the files.",
    ),
    "encrypted-mail": ErrorKind("{file}: the mail is encrypted", "Open it in the mail program and save what is attached."),
    "wrong-password": ErrorKind(
        "{file}: no password that was given opens it",
        "Give the right one; in a --password-file, each stands on a line of its own.",
    ),
    "bad-passwords": ErrorKind("{file}: {detail}", "Give a text file with a password on each line.", 2),
    "damaged-pdf": ErrorKind("{file}: the PDF is damaged or cut short ({detail})", "Export or download it again."),
    "truncated": ErrorKind("{file}: the end of the file is missing ({detail})", "Copy or download the file again."),
    "damaged-docx": ErrorKind("{file}: the Word document is damaged or cut short ({detail})", "Save it again from Word."),
    "damaged-odt": ErrorKind("{file}: the OpenDocument file is damaged or cut short ({detail})", "Save it again as ODT or DOCX."),
    "damaged-html": ErrorKind("{file}: the HTML page is damaged ({detail})", "Save it again, or print it to PDF."),
    "damaged-zip": ErrorKind("{file}: the archive is damaged or cut short ({detail})", "Make or download it again."),
    "damaged-mail": ErrorKind("{file}: the mail is damaged ({detail})", "Save it again, or save what is attached to it."),
    "damaged-message": ErrorKind("{file}: the HL7 message is damaged ({detail})", "Have it sent or exported again."),
    "damaged-cda": ErrorKind("{file}: the clinical document is damaged ({detail})", "Export it again."),
    "damaged-fhir": ErrorKind("{file}: the FHIR resource is damaged ({detail})", "Export it again."),
    "nothing-inside": ErrorKind("{file}: nothing in it can be audited ({detail})", "Give the reports themselves."),
    "several-documents": ErrorKind(
        "{file}: it holds other documents and is none itself", "Give it to `ionm-notes audit`, which takes each by itself."
    ),
    "damaged-picture": ErrorKind("{file}: the picture is damaged or cut short ({detail})", "Scan or photograph the page again."),
    "encrypted-office": ErrorKind(
        "{file}: an old or password-protected Office file ({detail})",
        "Save it as DOCX or PDF; a password of a DOCX may be given with --password-file.",
    ),
    "doc-dtd": ErrorKind("{file}: an XML part declares a document type, which is refused", "Save or export the document again."),
    "zip-limits": ErrorKind(
        "{file}: {detail}", "It unpacks to more than is allowed: save the document again, or split the archive."
    ),
    "not-what-its-name-says": ErrorKind("{file}: {detail}", "Give the file its right ending, or export it again."),
    "unsupported-type": ErrorKind(
        "{file}: {detail}",
        "Read are PDF, DOCX, ODT, RTF, HTML, Markdown, plain text, pictures (PNG, JPEG, TIFF), mails (EML), HL7 v2, C-CDA, FHIR"
        " and ZIP; convert it first.",
    ),
    "no-text-layer": ErrorKind(
        "{file}: no page holds text that can be read (a picture, or a scan too poor)", "Obtain the original or a better scan."
    ),
    "ocr-missing": ErrorKind(
        "{file}: scanned pages cannot be recognized, because RapidOCR is not installed", "Run `pip install rapidocr onnxruntime`."
    ),
    "no-text": ErrorKind("{file}: the document holds no text", "Export the report again."),
    "too-deep": ErrorKind("{file}: its parts are nested too deep ({detail})", "Save the document as PDF and audit that."),
    "reader-died": ErrorKind(
        "{file}: the process that read it died ({detail})", "The file is damaged or made to do harm; export it again."
    ),
    "timeout": ErrorKind("{file}: reading took too long ({detail})", "The file may be damaged; export it again."),
    "reader-crashed": ErrorKind(
        "{file}: the reader failed on this file ({detail})", "Please report it with a synthetic file that fails the same way."
    ),
    "no-such-page": ErrorKind("{file}: there is no such page ({detail})", "Give a page of the document, counted from 1.", 2),
    "bad-pattern": ErrorKind("{file}: {detail}", "Mend the pattern file."),
    "bad-policy": ErrorKind("{file}: {detail}", "Mend the policy file; `ionm-notes policy check` shows all that is wrong."),
    "bad-import": ErrorKind("{file}: {detail}", "Give CMS's published file as it comes (zip, text, CSV or XLSX)."),
    "bad-fees": ErrorKind("{file}: {detail}", "Give a CSV with the columns code and amount.", 2),
    "bad-people": ErrorKind(
        "{file}: {detail}", "Give a CSV with the columns name, person and, where they help, credentials and facility.", 2
    ),
    "optimizer-missing": ErrorKind("{detail}: the library ortools is not installed", "Run `pip install 'ionm-notes[roster]'`."),
    "bad-claims": ErrorKind(
        "{file}: no claims can be read from it ({detail})", "Give CSV or XLSX with the columns of docs/claims.md, X12 or FHIR."
    ),
    "parquet-missing": ErrorKind(
        "{file}: Parquet needs pyarrow, which is not installed", "Run `pip install 'ionm-notes[parquet]'`."
    ),
    "bad-sample": ErrorKind("{file}: {detail}", "Draw the sample with `ionm-notes sample` from the same claims.", 2),
    "bad-mapping": ErrorKind("{file}: {detail}", "Mend the mapping file; docs/claims.md shows one.", 2),
    "sketches-missing": ErrorKind("{detail}: the library datasketch is not installed", "Run `pip install 'ionm-notes[roster]'`."),
    "bad-limits": ErrorKind("{file}: {detail}", "Write `name = number` for the limits of ionm_notes/limits.py.", 2),
    "unknown-payer": ErrorKind("unknown payer {detail}", "`ionm-notes policy list` names the payers.", 2),
    "bad-date": ErrorKind("{detail}", "Write dates as YYYY-MM-DD.", 2),
    "usage": ErrorKind("{detail}", "See --help.", 2),
    "store-missing": ErrorKind("{file}: there is no such database", "Audit something first, or give --db.", 2),
    "store-not-database": ErrorKind("{file}: not an ionm-notes database", "Give another --db."),
    "store-newer": ErrorKind(
        "{file}: written by a newer ionm-notes ({detail}); this one would leave out what it does not know",
        "Update ionm-notes, or restore a backup made before the update.",
    ),
    "store-locked": ErrorKind("{file}: the database is in use by another program", "Close the other program and try again."),
    "store-read-only": ErrorKind("{file}: the database cannot be written", "Check the permissions of the file and its folder."),
    "store-full": ErrorKind("{file}: the disk is full", "Free some space; nothing stored was lost."),
    "store-failed": ErrorKind("{file}: the database refused ({detail})", "Run `ionm-notes db check`; keep a copy."),
    "store-damaged": ErrorKind("{file}: the database is damaged ({detail})", "Restore a backup: `ionm-notes db restore`."),
    "file-exists": ErrorKind("{file}: there is such a file already", "Give another name; nothing is overwritten.", 2),
    "store-not-encrypted": ErrorKind(
        "{file}: the database is not encrypted", "`ionm-notes db encrypt` encrypts it; or leave out --key-file and --encrypt."
    ),
    "store-is-encrypted": ErrorKind(
        "{file}: the database is encrypted already", "`ionm-notes db rekey` gives it another key.", 2
    ),
    "store-wrong-key": ErrorKind(
        "{file}: the key does not open this database, or it is no ionm-notes database", "Give its own key with --key-file."
    ),
    "key-needed": ErrorKind(
        "{file}: the database is encrypted and no key was given",
        "Give `ionm-notes --key-file FILE COMMAND`, keep the key in the system's keyring, or run it on a terminal to be asked.",
        2,
    ),
    "bad-key-file": ErrorKind("{file}: the key file cannot be used ({detail})", "Give a file of mode 600 with the key in it.", 2),
    "weak-key": ErrorKind("{file}: the key was not taken ({detail})", "Choose a longer one, or let --key-file make a file.", 2),
    "keyring-failed": ErrorKind("{file}: the system's keyring did not keep the key ({detail})", "Use --key-file instead."),
    "crypto-missing": ErrorKind(
        "{file}: an encrypted database needs SQLCipher, which is not installed", "Run `pip install 'ionm-notes[crypto]'`."
    ),
    "dates-moved": ErrorKind(
        "{file}: its dates were moved (--phi none), so no rule can be looked up by them",
        "Judge it by a day that you know (`replay --on-policy`), or audit the original.",
    ),
    "identifier-left": ErrorKind(
        "{file}: the de-identified copy was not written, because reading it back shows an identifier ({detail})",
        "Please report it with a synthetic file that fails the same way.",
    ),
    "on-hold": ErrorKind("{file}: the document is under a legal hold ({detail})", "`ionm-notes db release` ends the hold."),
    "signing-missing": ErrorKind(
        "{file}: a signature needs the library cryptography, which is not installed", "Run `pip install 'ionm-notes[crypto]'`."
    ),
    "bad-sign-key": ErrorKind(
        "{file}: not a key that signs ({detail})",
        "Give an ed25519 private key in PEM, of mode 600, or a new name.",
        2,
    ),
    "inbox-busy": ErrorKind("{file}: another `ionm-notes watch` looks into this folder", "Stop the other one first."),
    "inbox-failed": ErrorKind("{file}: a file in it cannot be moved ({detail})", "Check permissions and space, and start again."),
    "bad-form": ErrorKind("{file}: {detail}", "Give a file name that ends so.", 2),
    "nothing-to-ask": ErrorKind("{file}: the record leaves nothing open that somebody could be asked", "No query is needed.", 2),
    "unknown-denial": ErrorKind(
        "'{detail}' is neither a denial reason nor a rule", "`ionm-notes report reasons` lists the reasons.", 2
    ),
    "not-stored": ErrorKind("nothing is stored for {detail}", "`ionm-notes gaps` lists what is stored.", 2),
    "bad-correction": ErrorKind(
        "the correction was not taken ({detail})", "Look at the value and give what the record states.", 2
    ),
    "no-reason": ErrorKind("a reason is needed ({detail})", "Write why; it stands in the trail.", 2),
    "bad-user": ErrorKind("the user was not kept ({detail})", "See `ionm-notes users add --help`.", 2),
    "no-user": ErrorKind("there is no user {detail}", "`ionm-notes users list` names them.", 2),
    "port-taken": ErrorKind("{file}: cannot be listened on ({detail})", "Give another --port (0 takes a free one).", 2),
    "serve-unsafe": ErrorKind(
        "{file}: the desk is not opened to other machines without named users",
        "Add `--users`, and name them with `ionm-notes users add`.",
        2,
    ),
    "cluster-missing": ErrorKind(
        "a cluster needs {detail}, which is not installed",
        "Run `pip install 'ionm-notes[cluster]'` here and on every machine.",
        2,
    ),
    "cluster-unreachable": ErrorKind(
        "{file}: Ray could not be started or reached ({detail})", "See `ray status`, and what RAY_ADDRESS says."
    ),
    "cluster-too-small": ErrorKind(
        "the cluster cannot carry this, and would wait for ever ({detail})", "Give fewer --workers, or add machines first.", 2
    ),
    "cluster-busy": ErrorKind(
        "the cluster has no room at the moment, and would wait ({detail})", "Give fewer --workers, or wait for the other work."
    ),
    "cluster-failed": ErrorKind(
        "the cluster did not do the work ({detail})", "The same command with --resume goes on; see docs/scaling.md."
    ),
    "unreachable-store": ErrorKind("{file}: cannot be listed or read ({detail})", "Check the address and the access to it."),
    "bad-parquet": ErrorKind("{file}: not a Parquet file of documents ({detail})", "Give one with the columns name and data."),
    "out-failed": ErrorKind(
        "{file}: the results cannot be written there ({detail})", "Give a folder that every machine of the cluster can write."
    ),
    "out-not-empty": ErrorKind(
        "{file}: it is not empty", "Give a new folder, or --resume to go on with a run that did not finish.", 2
    ),
    "other-run": ErrorKind("{file}: the run in it had other documents, payers or another version", "Give a new folder.", 2),
    "no-run": ErrorKind("{file}: not the tables of a finished run ({detail})", "`audit --engine ray --out` makes them.", 2),
    "internal": ErrorKind("{file}: something went wrong inside ({detail})", "Please report it; --debug shows where."),
}


class IonmError(Exception):
    """An error for the user: `code` of the table, the file's name and a detail (never text of the document)."""

    def __init__(self, code: str, file: str = "", detail: str = "") -> None:
        super().__init__(code, file, detail)
        self.code, self.file, self.detail = code, file, detail

    @property
    def message(self) -> str:
        """What happened, to which file."""
        kind = ERRORS.get(self.code, ERRORS["internal"])
        return kind.message.format(file=self.file, detail=self.detail)

    @property
    def remedy(self) -> str:
        """What to do next."""
        return ERRORS.get(self.code, ERRORS["internal"]).remedy

    @property
    def exit_code(self) -> int:
        """Exit code of a command that stops on this error."""
        return ERRORS.get(self.code, ERRORS["internal"]).exit_code

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}"


def errors_page() -> str:
    """The text of docs/errors.md."""
    rows = "\n".join(f"| `{code}` | {kind.message} | {kind.remedy} | {kind.exit_code} |" for code, kind in ERRORS.items())
    made = "Made from `ionm_notes/errors.py` by `python -m ionm_notes.errors > docs/errors.md`; do not edit by hand."
    return f"# Errors\n\n{made}\n\n| code | what it says | what to do | exit code |\n|---|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    print(errors_page(), end="")
