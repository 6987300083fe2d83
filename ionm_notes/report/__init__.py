"""Shows audit lines to people: summary, tables, the day as a bar; every renderer takes the contract's object."""
