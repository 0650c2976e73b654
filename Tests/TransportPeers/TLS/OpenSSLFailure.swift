/// An error that is thrown when a call to OpenSSL fails.
struct OpenSSLFailure: Error, CustomStringConvertible {
    let call: String

    var description: String { "\(call) failed" }

    static func check(_ call: String, _ result: Int32) throws {
        guard result > 0 else { throw Self(call: call) }
    }

    static func check(_ call: String, _ object: OpenSSL.Object?) throws -> OpenSSL.Object {
        guard let object else { throw Self(call: call) }
        return object
    }
}
