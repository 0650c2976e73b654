// ModelsLabVideoTests: tests follow.
