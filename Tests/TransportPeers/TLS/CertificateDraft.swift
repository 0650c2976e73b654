/// The properties of an X.509 certificate that hasn't been signed yet.
struct CertificateDraft {
    /// An extension: its OpenSSL number (NID) and its value in the syntax of OpenSSL configuration files.
    struct Extension {
        enum Kind: Int32 {
            case keyUsage = 83
            case subjectAlternativeName = 85
            case basicConstraints = 87
        }

        let kind: Kind
        let value: String
    }

    let name: String
    let extensions: [Extension]
    /// The start and end of the validity period, relative to now.
    var start: Duration = .seconds(-3600)
    var end: Duration = .seconds(3600)

    init(name: String, extensions: [Extension]) {
        self.name = name
        self.extensions = extensions
    }

    private typealias Crypto = CryptoFunctions

    /// Generates a key and signs a certificate for it.
    ///
    /// - Parameter issuer: The identity that signs; `nil` for a self-signed certificate.
    /// - Returns: The certificate and its private key.
    /// - Throws: ``OpenSSLFailure``.
    func signed(by issuer: ServerIdentity?) throws -> ServerIdentity {
        let key = try Self.newKey()
        defer { Crypto.keyFree(key) }
        let certificate = try OpenSSLFailure.check("X509_new", Crypto.certificateMake())
        defer { Crypto.certificateFree(certificate) }
        try setProperties(of: certificate)
        try OpenSSLFailure.check("X509_set_pubkey", Crypto.certificateSetKey(certificate, key))
        if let issuer {
            let authority = try Self.decoded(issuer.certificate, Crypto.certificateDecode)
            defer { Crypto.certificateFree(authority) }
            let signingKey = try Self.decoded(issuer.key, Crypto.keyDecode)
            defer { Crypto.keyFree(signingKey) }
            try Self.sign(certificate, with: signingKey, as: authority)
        } else {
            try Self.sign(certificate, with: key, as: certificate)
        }
        return ServerIdentity(
            certificate: try Self.encoded(certificate, Crypto.certificateEncode),
            key: try Self.encoded(key, Crypto.keyEncode)
        )
    }

    private func setProperties(of certificate: OpenSSL.Object) throws {
        // 2 stands for version 3, the first with extensions.
        try OpenSSLFailure.check("X509_set_version", Crypto.certificateSetVersion(certificate, 2))
        let serial = Crypto.integerSet(Crypto.certificateSerial(certificate), Int.random(in: 1...0x7FFF_FFFF))
        try OpenSSLFailure.check("ASN1_INTEGER_set", serial)
        for (field, time) in [
            (Crypto.certificateNotBefore(certificate), start), (Crypto.certificateNotAfter(certificate), end),
        ] {
            _ = try OpenSSLFailure.check(
                "X509_gmtime_adj",
                Crypto.timeSetFromNow(field, Int(time.components.seconds))
            )
        }
        let utf8: Int32 = 0x1000
        let subject = Crypto.certificateSubject(certificate)
        try OpenSSLFailure.check("X509_NAME_add_entry_by_txt", Crypto.nameAdd(subject, "CN", utf8, name, -1, -1, 0))
        for item in extensions {
            let made = Crypto.extensionMake(nil, nil, item.kind.rawValue, item.value)
            let part = try OpenSSLFailure.check("X509V3_EXT_conf_nid", made)
            defer { Crypto.extensionFree(part) }
            try OpenSSLFailure.check("X509_add_ext", Crypto.certificateAdd(certificate, part, -1))
        }
    }

    private static func sign(
        _ certificate: OpenSSL.Object,
        with key: OpenSSL.Object,
        as issuer: OpenSSL.Object
    ) throws {
        let name = Crypto.certificateSubject(issuer)
        try OpenSSLFailure.check("X509_set_issuer_name", Crypto.certificateSetIssuer(certificate, name))
        try OpenSSLFailure.check("X509_sign", Crypto.certificateSign(certificate, key, Crypto.sha256()))
    }

    private static func newKey() throws -> OpenSSL.Object {
        let context = Crypto.keyContextMake(TLSFunctions.ellipticKey, nil)
        defer { Crypto.keyContextFree(context) }
        try OpenSSLFailure.check("EVP_PKEY_keygen_init", Crypto.keyGenerationStart(context))
        try OpenSSLFailure.check(
            "EVP_PKEY_CTX_ctrl_str",
            Crypto.keyContextSet(context, "ec_paramgen_curve", "P-256")
        )
        var key: OpenSSL.Object?
        try OpenSSLFailure.check("EVP_PKEY_keygen", Crypto.keyGenerate(context, &key))
        return try OpenSSLFailure.check("EVP_PKEY_keygen", key)
    }

    private static func encoded(_ object: OpenSSL.Object, _ encode: OpenSSL.Encode) throws -> [UInt8] {
        let count = encode(object, nil)
        try OpenSSLFailure.check("i2d", count)
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
            var start = buffer.baseAddress
            filled = Int(encode(object, &start))
        }
    }

    private static func decoded(_ bytes: [UInt8], _ decode: OpenSSL.Decode) throws -> OpenSSL.Object {
        let object = bytes.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return decode(nil, &start, buffer.count)
        }
        return try OpenSSLFailure.check("d2i", object)
    }
}
