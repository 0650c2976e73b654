package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The beginning of a response to the request for a file: what decides how the download continues.
package struct ResponseStart: Sendable {
    package var status: Int
    package var headers: HeaderFields
    /// The first bytes of the body, at least ``ContentSniffer/prefixLength`` of them if there are as many. Up to
    /// ``StorageFailure/prefixLength`` are read of an error.
    package var prefix: [UInt8]
    /// True if the body has no further bytes.
    package var isWhole: Bool
    /// The URL that was requested.
    package var url: URL
    /// The date at which the response was received.
    package var date: Date

    /// Creates the beginning of a response.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - headers: The header fields.
    ///   - prefix: The first bytes of the body.
    ///   - isWhole: True if the body has no further bytes.
    ///   - url: The URL that was requested.
    ///   - date: The date at which the response was received.
    package init(
        status: Int,
        headers: HeaderFields,
        prefix: [UInt8],
        isWhole: Bool,
        url: URL,
        receivedAt date: Date
    ) {
        self.status = status
        self.headers = headers
        self.prefix = prefix
        self.isWhole = isWhole
        self.url = url
        self.date = date
    }

    /// The host, for messages.
    var host: Excerpt { Excerpt(url.host() ?? "the server", maxLength: 80) }

    /// The value of `Content-Length`; `nil` if there is none, if it is malformed, or if there are several that differ.
    var contentLength: Int64? {
        let values = Set(
            headers.values(of: "Content-Length")
                .flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
                .map { DecimalNumber.value(String($0).trimmingSpace) }
        )
        return values.count == 1 ? values.first ?? nil : nil
    }

    /// True if the body has a content coding, although none was asked for.
    var isCoded: Bool {
        let coding = headers["Content-Encoding"]?.trimmingSpace.lowercased() ?? ""
        return !coding.isEmpty && coding != "identity"
    }

    /// The response as the core reads it, for the rules about delays and firewalls.
    var response: FetchResponse { FetchResponse(status: status, headers: headers, receivedAt: date) }
}
