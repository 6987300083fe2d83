"""Recognition of scanned pages: `recognised` of `pages.py` turns a gray picture into words with places; start there.

    picture -> straighten -> check boxes found and painted over (ticks) -> lines found, read (engine)
            -> words, repaired (words) -> read a second time (second) -> ruled lines (ruled)
            -> the layout code that text layers go through too

Nothing here is imported for documents that have a text layer; the engine is loaded with the first scanned page.
"""
