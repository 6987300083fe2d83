"""Takes CMS's quarterly files as they are published and makes a new dated layer of them; read this for the way.

Nothing is fetched: the files are given. Only codes of this project are kept, and no descriptors or rationale texts.
"""

from ionm_notes.policy.importing.run import Imported, import_files

__all__ = ["Imported", "import_files"]
