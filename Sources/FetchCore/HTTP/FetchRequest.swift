#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A finished request on its way to a ``FetchTransport``, the key inside.
///
/// Printing, dumping or reflecting a request shows neither the query, nor header values, nor the body, since the key
/// may be in any of them.
public struct FetchRequest: Sendable, Hashable {
    /// How to ask.
    public var method: RequestMethod
    /// Where to ask, query included.
    public var url: URL
    /// All header fields that are to be sent.
    public var headers: HeaderFields
    /// The body, if there is one. Its media type is in ``headers``.
    public var body: Data?
    /// How long the whole exchange may take. The client cancels the transport's task when it is over.
    public var timeout: Duration
    /// How many bytes the answer's body may have. A transport stops receiving beyond it and throws ``responseTooLargeError``.
    public var responseLimit: Int

    /// Creates a request.
    public init(
        method: RequestMethod,
        url: URL,
        headers: HeaderFields = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(30),
        responseLimit: Int = 32 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.responseLimit = responseLimit
    }
}

extension FetchRequest {
    /// The error that a transport throws when the body grows beyond ``responseLimit``.
    public var responseTooLargeError: FetchError {
        FetchError(
            .responseTooLarge,
            "the answer is larger than the limit of \(responseLimit) bytes",
            remedy: "Raise the client's responseLimit if such answers are expected."
        )
    }
}

extension FetchRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Method and URL, without the query.
    public var description: String { "\(method) \(url.withoutSecrets)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// What can be shown of a request.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method.description,
                "url": url.withoutSecrets,
                "headerNames": headers.fields.map(\.name),
                "bodyBytes": body?.count ?? 0,
            ],
            displayStyle: .struct
        )
    }
}
