"""What makes the program fit for patient data: keys, de-identification, deletion, copies, proofs; each file stands alone."""
