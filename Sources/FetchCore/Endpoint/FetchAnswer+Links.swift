extension FetchAnswer where Output: FetchOutput {
    /// Returns the answer with complete links and their expiry dates.
    ///
    /// - Parameter links: The properties of the links, which are computed only for a job that has ended.
    /// - Returns: The answer. A follow-up is returned unchanged.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/unusableOutput`` if there are artifacts, and none of
    ///   them can be used.
    func linksCompleted(by links: @autoclosure () -> LinkContext) throws(FetchError) -> Self {
        switch self {
        case .pending, .followUp: return self
        case .succeeded(let incomplete):
            let output = incomplete.outputCompleted(by: links())
            try output.outputArtifacts.requireUsable()
            return .succeeded(output)
        case .failed(var failure):
            failure.artifacts = failure.artifacts.outputCompleted(by: links())
            return .failed(failure)
        }
    }
}
