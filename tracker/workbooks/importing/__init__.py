"""Takes in workbooks that offices already keep.

Nothing is loaded here: the child process that opens the files (`child`) starts from this package.
"""
