// The refusal of plain http.
extension RequestBuilder {
    /// Throws unless a request is encrypted, or its host is this machine or one of ``plainHTTPHosts``.
    ///
    /// - Parameter draft: The request without the key.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/refusedURL``.
    func refusePlainHTTP(_ draft: RequestDraft) throws(FetchError) {
        let origin = draft.origin
        guard origin.scheme == "http", !origin.isLoopback, !plainHTTPHosts.contains(origin.host) else { return }
        throw .refusedURL(
            draft.url,
            because: "plain http to another machine exposes the key on the network",
            remedy: "Use https, or add the host to the client's plainHTTPHosts."
        )
    }
}
