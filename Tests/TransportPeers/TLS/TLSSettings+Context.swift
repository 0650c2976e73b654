extension TLSSettings {
    private typealias TLS = TLSFunctions

    /// Returns a new OpenSSL context for one connection. The caller frees it.
    func context() throws -> OpenSSL.Object {
        let context = try OpenSSLFailure.check("SSL_CTX_new", TLS.contextMake(TLS.serverMethod()))
        do {
            try apply(to: context)
            return context
        } catch {
            TLS.contextFree(context)
            throw error
        }
    }

    private func apply(to context: OpenSSL.Object) throws {
        // The macros SSL_CTX_set_min_proto_version and SSL_CTX_set_max_proto_version.
        for (command, version) in [(Int32(123), versions.lowerBound), (124, versions.upperBound)] {
            try OpenSSLFailure.check("SSL_CTX_ctrl", Int32(TLS.contextControl(context, command, version.rawValue, nil)))
        }
        if versions.lowerBound < .tls12 {
            // TLS 1.1 uses SHA-1 signatures, which the default security level doesn't allow.
            try OpenSSLFailure.check("SSL_CTX_set_cipher_list", TLS.contextSetCiphers(context, "ALL:@SECLEVEL=0"))
        }
        try OpenSSLFailure.check(
            "SSL_CTX_use_certificate_ASN1",
            TLS.contextSetCertificate(context, Int32(identity.certificate.count), identity.certificate)
        )
        try OpenSSLFailure.check(
            "SSL_CTX_use_PrivateKey_ASN1",
            TLS.contextSetKey(TLS.ellipticKey, context, identity.key, identity.key.count)
        )
        if requiresClientCertificate {
            // SSL_VERIFY_PEER and SSL_VERIFY_FAIL_IF_NO_PEER_CERT.
            TLS.contextSetVerification(context, 1 | 2, nil)
        }
        TLS.contextSetProtocolChoice(context, choosesHTTP2 ? Self.chooseHTTP2 : Self.chooseHTTP1, nil)
    }

    private static let chooseHTTP2: TLS.ProtocolChoice = { _, chosen, count, offered, offeredCount, _ in
        choose("h2", chosen, count, UnsafeBufferPointer(start: offered, count: Int(offeredCount)))
    }

    private static let chooseHTTP1: TLS.ProtocolChoice = { _, chosen, count, offered, offeredCount, _ in
        choose("http/1.1", chosen, count, UnsafeBufferPointer(start: offered, count: Int(offeredCount)))
    }

    /// Selects a protocol from the client's offer, a list of names with a length byte before each.
    private static func choose(
        _ name: String,
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
        _ count: UnsafeMutablePointer<UInt8>?,
        _ offer: UnsafeBufferPointer<UInt8>
    ) -> Int32 {
        var start = 0
        while start < offer.count {
            let end = min(start + 1 + Int(offer[start]), offer.count)
            if offer[(start + 1)..<end].elementsEqual(name.utf8) {
                chosen?.pointee = offer.baseAddress?.advanced(by: start + 1)
                count?.pointee = offer[start]
                return 0
            }
            start = end
        }
        // SSL_TLSEXT_ERR_NOACK: no protocol is selected, as by a server without ALPN.
        return 3
    }
}
