import FetchCore

/// The result of a request in the scripted transport.
enum FuzzedResponse: Sendable {
    case response(FetchResponse)
    /// An error of a type that FetchKit doesn't know, with this message.
    case lost(String)
    /// A `FetchError` with this message.
    case failed(String)
}
