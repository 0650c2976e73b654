#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A complete HTTP request that a ``FetchTransport`` sends, including the key.
///
/// Printing, dumping or reflecting a request shows no query, no header values and no body, since each of them may
/// contain the key.
public struct FetchRequest: Sendable, Hashable {
    /// The request method.
    public var method: RequestMethod
    /// The complete URL, including its query.
    public var url: URL
    /// The header fields to send, in order. A transport adds only those that HTTP requires.
    public var headers: HeaderFields
    /// The body. `nil` for none. Its media type is in ``headers``.
    public var body: Data?
    /// The maximum time from the start of the request to the last byte of the response.
    ///
    /// The client cancels the transport's task after this time, unless ``FetchTransport/enforcesTimeout`` is true.
    public var timeout: Duration
    /// The maximum size of the response's body in bytes, after decompression.
    ///
    /// A transport stops receiving beyond this size and throws ``responseTooLargeError``.
    public var responseLimit: Int
    /// The addresses to which the request may connect. Defaults to any.
    ///
    /// ``FetchTransport/enforcesAddressPolicy`` says if a transport checks the addresses of a host name.
    public var addressPolicy: AddressPolicy

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - method: The request method.
    ///   - url: The complete URL, including its query.
    ///   - headers: The header fields to send. Defaults to none.
    ///   - body: The body. Defaults to none.
    ///   - timeout: The maximum time until the last byte of the response. Defaults to 30 seconds.
    ///   - responseLimit: The maximum size of the response's body in bytes. Defaults to 32 MiB.
    ///   - addressPolicy: The addresses to which the request may connect. Defaults to any.
    public init(
        method: RequestMethod,
        url: URL,
        headers: HeaderFields = [:],
        body: Data? = nil,
        timeout: Duration = .seconds(30),
        responseLimit: Int = 32 << 20,
        addressPolicy: AddressPolicy = .any
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.responseLimit = responseLimit
        self.addressPolicy = addressPolicy
    }
}

extension FetchRequest {
    /// The error that a transport throws if the response's body exceeds ``responseLimit``.
    public var responseTooLargeError: FetchError {
        FetchError(
            .responseTooLarge,
            "the response is larger than the limit of \(responseLimit) bytes",
            remedy: "Raise the client's responseLimit if such responses are expected."
        )
    }
}

extension FetchRequest {
    /// Returns false if the `Content-Length` of a response, if there is one, exceeds ``responseLimit``. A response to
    /// HEAD has no body.
    package func canReceive(contentLength length: String?) -> Bool {
        guard method != RequestMethod("HEAD"), let length else { return true }
        // Numbers beyond `Int` exceed every limit. Anything else is for the HTTP library to refuse.
        guard !length.isEmpty, length.utf8.allSatisfy(ASCII.isDigit) else { return true }
        return Int(length).map { $0 <= responseLimit } ?? false
    }
}

extension FetchRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The method and the URL without user name, password, query and fragment.
    public var description: String { "\(method) \(url.withoutSecrets)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror of the method, the URL without its secrets, the header names and the size of the body.
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
