// ModelsLabFaceSwapTests: tests follow.
