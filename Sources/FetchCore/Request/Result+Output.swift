extension Result<FetchState<Void>, FetchError> {
    /// Returns the result of a poll with the output of a job that has succeeded.
    func with(_ output: (any FetchOutput)?) -> Result<FetchState<any FetchOutput>, FetchError> {
        switch self {
        case .failure(let error): .failure(error)
        case .success(.pending(let progress)): .success(.pending(progress))
        case .success(.failed(let failure)): .success(.failed(failure))
        case .success(.succeeded): output.map { .success(.succeeded($0)) } ?? .success(.pending(JobProgress()))
        }
    }
}
