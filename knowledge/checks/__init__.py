"""What curators and tests measure a base by: proof, style, over-match, questions with known answers, noise."""
