"""What was billed against what is documented: claims and remittances in, lines compared one by one, samples, denials.

`reading` makes `ClaimLine`s of files, `matching` finds the report of each claim, `judging` compares line by line,
`comparing` strings these together; `summing`, `sampling` and `denials` work on its rows.
"""
