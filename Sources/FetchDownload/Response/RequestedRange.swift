package import FetchCore

/// The rest of a file that a request asks for, since its beginning is there already.
package struct RequestedRange: Sendable, Hashable {
    /// The number of bytes that are there, which is the position of the first byte to be sent. Greater than zero.
    package let start: Int64
    /// The length of the whole file. `nil` if it isn't known.
    package let total: Int64?
    /// The validator of the file to which the beginning belongs.
    package let validator: Validator

    package init(start: Int64, total: Int64?, validator: Validator) {
        self.start = start
        self.total = total
        self.validator = validator
    }

    /// The header fields of the request. The server sends the whole file if it has another version of it.
    package var headers: HeaderFields { ["Range": "bytes=\(start)-", "If-Range": validator.ifRange] }
}
