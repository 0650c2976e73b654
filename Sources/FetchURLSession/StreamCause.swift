import Foundation

/// The cause below an error of URLSession, in the terms of CFNetwork's streams.
///
/// CFNetwork puts it under two keys of the error's `userInfo` or of an underlying error's, as the system's log shows:
/// `UserInfo={_kCFStreamErrorDomainKey=3, _kCFStreamErrorCodeKey=-9824}`.
struct StreamCause: Equatable {
    var domain: Int
    var code: Int

    /// `kCFStreamErrorDomainPOSIX` of `CoreFoundation/CFStream.h`.
    static let posix = 1
    /// `kCFStreamErrorDomainSSL` of `CFNetwork/CFSocketStream.h`; its codes are those of `Security/SecureTransport.h`.
    static let tls = 3
    /// `kCFStreamErrorDomainNetServices` of `CFNetwork/CFNetServices.h`; names are resolved by that service.
    static let nameService = 10

    /// More underlying errors than CFNetwork nests, so that a circle of them ends.
    private static let deepest = 8

    init(domain: Int, code: Int) {
        self.domain = domain
        self.code = code
    }

    /// Creates the lowest cause that the error or one of its underlying errors names, nil if none does.
    init?(of error: any Error) {
        var cause: Self?
        var next: NSError? = error as NSError
        for _ in 0..<Self.deepest {
            guard let error = next else { break }
            cause = Self(named: error) ?? cause
            next = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError }
        }
        guard let cause else { return nil }
        self = cause
    }

    private init?(named error: NSError) {
        if let domain = error.userInfo["_kCFStreamErrorDomainKey"] as? Int,
            let code = error.userInfo["_kCFStreamErrorCodeKey"] as? Int
        {
            self.init(domain: domain, code: code)
        } else if error.domain == NSOSStatusErrorDomain, TLSFailure(status: error.code) != nil {
            self.init(domain: Self.tls, code: error.code)
        } else if error.domain == NSPOSIXErrorDomain {
            self.init(domain: Self.posix, code: error.code)
        } else {
            return nil
        }
    }

    /// The cause of a failed handshake, nil if it isn't about TLS.
    var tlsFailure: TLSFailure? { domain == Self.tls ? TLSFailure(status: code) ?? .handshake : nil }

    /// Whether this is how the sandbox of macOS refuses the network to a process without the entitlement for it.
    ///
    /// Connecting is refused with EPERM. Names can't be resolved: `dnssd_clientstub ConnectToServer: … Errno:1 Operation
    /// not permitted` in the log (Apple, "Discovering and diagnosing App Sandbox violations"), and the stream's cause is
    /// -72000 of the name service. A VPN's resolver can cause the latter as well.
    var looksLikeSandbox: Bool {
        self == Self(domain: Self.posix, code: Int(EPERM)) || self == Self(domain: Self.nameService, code: -72000)
    }
}
