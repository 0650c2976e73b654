import SystemLibrary

/// The system's OpenSSL, 3 or 1.1, loaded at run time. libcurl is linked against it on most systems.
package enum OpenSSL {
    static let crypto = try? SystemLibrary(["libcrypto.so.3", "libcrypto.so.1.1"])
    static let ssl = try? SystemLibrary(["libssl.so.3", "libssl.so.1.1"])

    /// Whether the system has it. Without it, no certificate can be made and no TLS served.
    package static var isAvailable: Bool { crypto != nil && ssl != nil }

    /// An object of OpenSSL's.
    typealias Object = OpaquePointer
    /// Makes an object.
    typealias Make = @Sendable @convention(c) () -> Object?
    /// Frees an object. Accepts `nil`.
    typealias Free = @Sendable @convention(c) (Object?) -> Void
    /// Does one thing with an object. Positive if that succeeded.
    typealias Step = @Sendable @convention(c) (Object?) -> Int32
    /// A part of an object, which owns it.
    typealias Part = @Sendable @convention(c) (Object?) -> Object?
    /// Makes the second object a property of the first. Positive if that succeeded.
    typealias Assign = @Sendable @convention(c) (Object?, Object?) -> Int32
    /// Writes an object as DER at the pointer and moves it on, or only returns the length if there is no pointer.
    typealias Encode = @Sendable @convention(c) (Object?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    /// Reads an object from DER.
    typealias Decode =
        @Sendable @convention(c) (
            UnsafeMutablePointer<Object?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int
        ) -> Object?

    /// Returns a function with the type that OpenSSL's headers declare. None that is used here has variable arguments.
    static func function<Function>(_ name: String, of library: SystemLibrary?) -> Function {
        guard let function = try? library?.symbol(name, as: Function.self) else {
            preconditionFailure("OpenSSL has no \(name)")
        }
        return function
    }
}

/// A call to OpenSSL that failed.
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
