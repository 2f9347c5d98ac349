# pass_k
