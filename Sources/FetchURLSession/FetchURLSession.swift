// FetchURLSession
