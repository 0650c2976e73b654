import SystemLibrary

/// The system's OpenSSL 3 or 1.1, loaded at run time. On most systems it is installed with libcurl.
package enum OpenSSL {
    static let crypto = try? SystemLibrary(["libcrypto.so.3", "libcrypto.so.1.1"])
    static let ssl = try? SystemLibrary(["libssl.so.3", "libssl.so.1.1"])

    /// True if the system has OpenSSL. Without it, certificates and TLS servers can't be created.
    package static var isAvailable: Bool { crypto != nil && ssl != nil }

    /// A pointer to an OpenSSL object.
    typealias Object = OpaquePointer
    /// A function that creates an object.
    typealias Make = @Sendable @convention(c) () -> Object?
    /// A function that frees an object. It accepts `nil`.
    typealias Free = @Sendable @convention(c) (Object?) -> Void
    /// A function that performs a step on an object. Its result is positive on success.
    typealias Step = @Sendable @convention(c) (Object?) -> Int32
    /// A function that returns a part of an object. The object keeps ownership.
    typealias Part = @Sendable @convention(c) (Object?) -> Object?
    /// A function that sets a property of the first object. Its result is positive on success.
    typealias Assign = @Sendable @convention(c) (Object?, Object?) -> Int32
    /// A function that writes an object as DER and advances the pointer. Without a pointer, it only returns the length.
    typealias Encode = @Sendable @convention(c) (Object?, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    /// A function that parses an object from DER.
    typealias Decode =
        @Sendable @convention(c) (
            UnsafeMutablePointer<Object?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int
        ) -> Object?

    /// Returns a function, cast to the type that OpenSSL's headers declare. Variadic functions aren't supported.
    static func function<Function>(_ name: String, of library: SystemLibrary?) -> Function {
        guard let function = try? library?.symbol(name, as: Function.self) else {
            preconditionFailure("OpenSSL has no function \(name)")
        }
        return function
    }
}
