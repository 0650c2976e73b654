package import FetchCore

/// The rest of a file that a request asks for, since its beginning is there already.
package struct RequestedRange: Sendable, Hashable {
    /// The number of bytes that are there, which is the position of the first byte to be sent. Greater than zero.
    package let start: Int64
    /// The length of the whole file. `nil` if it isn't known.
    package let total: Int64?
    /// The validator of the file to which the beginning belongs.
    package let validator: Validator
    /// True if the beginning comes from another URL, whose server may not know the validator.
    package let isFromOtherLink: Bool

    package init(start: Int64, total: Int64?, validator: Validator, isFromOtherLink: Bool = false) {
        self.start = start
        self.total = total
        self.validator = validator
        self.isFromOtherLink = isFromOtherLink
    }

    /// Returns the range that begins earlier, by a number of bytes, or with the second byte.
    func beginning(earlierBy overlap: Int64) -> Self {
        Self(
            start: max(start - overlap, 1),
            total: total,
            validator: validator,
            isFromOtherLink: isFromOtherLink
        )
    }

    /// Returns false if the response has another version of the file, or may have: a server with another URL has to
    /// state the validator.
    func permits(_ headers: HeaderFields) -> Bool {
        isFromOtherLink ? Validator(headers) == validator : validator.permits(headers)
    }

    /// The header fields of the request. The server sends the whole file if it has another version of it.
    package var headers: HeaderFields { ["Range": "bytes=\(start)-", "If-Range": validator.ifRange] }
}
