"""From the files of a base to what answers: found, read, put into shape, referred to each other, compiled, kept."""
