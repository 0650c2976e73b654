// ModelsLabFaceGenTests: tests follow.
