// ModelsLabDeepfakeTests: tests follow.
