/// The form of an HMAC in a message, as data: which bytes are signed, and where the signature and the date are.
public struct HMACForm: Sendable, Hashable {
    /// The place of the signature.
    public enum Signature: Sendable, Hashable {
        /// The whole value of the header field, after a prefix such as `sha256=`, which may be empty.
        case value(prefix: String)
        /// One of the fields `name=value` of the header field, which are separated by commas. It may occur more than
        /// once.
        case field(String)
    }

    /// The place of the date, in seconds since 1970.
    public enum Time: Sendable, Hashable {
        /// The message has no date, and its body alone is signed.
        case none
        /// Another header field.
        case header(String)
        /// One of the fields `name=value` of the signature's header field.
        case field(String)
    }

    /// The name of the header field with the signature.
    public var header: String
    /// The place of the signature in it.
    public var signature: Signature
    /// The encoding of the signature.
    public var encoding: ByteEncoding
    /// The place of the date.
    public var time: Time
    /// The string between the date and the body in the signed bytes. It has no meaning without a date.
    public var separator: String

    /// Creates a form.
    ///
    /// - Parameters:
    ///   - header: The name of the header field with the signature.
    ///   - signature: The place of the signature in it. Defaults to the whole value.
    ///   - encoding: The encoding of the signature. Defaults to hexadecimal digits.
    ///   - time: The place of the date. Defaults to none.
    ///   - separator: The string between the date and the body in the signed bytes. Defaults to a full stop.
    public init(
        header: String,
        signature: Signature = .value(prefix: ""),
        encoding: ByteEncoding = .hex,
        time: Time = .none,
        separator: String = "."
    ) {
        self.header = header
        self.signature = signature
        self.encoding = encoding
        self.time = time
        self.separator = separator
    }
}

extension HMACForm {
    /// The form of ElevenLabs: `ElevenLabs-Signature: t=…,v0=…`.
    public static let elevenLabs = Self(header: "ElevenLabs-Signature", signature: .field("v0"), time: .field("t"))

    /// The form of [Synthesia](https://docs.synthesia.io/reference/verifying-synthesia-signatures):
    /// `Synthesia-Signature` and `Synthesia-Timestamp`.
    public static let synthesia = Self(header: "Synthesia-Signature", time: .header("Synthesia-Timestamp"))
}
