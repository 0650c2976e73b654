// FetchURLSessionTests: tests follow.
