"""The SQLite file that keeps documents, readings and audits; start with `database.Store`."""
