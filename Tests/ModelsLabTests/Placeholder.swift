// ModelsLabTests: tests follow.
