import Foundation

/// The underlying cause of an error of URLSession, as a domain and code of CFNetwork's streams.
///
/// CFNetwork stores it under two keys of the `userInfo` of the error or of an underlying error, as the system log
/// shows: `UserInfo={_kCFStreamErrorDomainKey=3, _kCFStreamErrorCodeKey=-9824}`.
struct StreamCause: Equatable {
    var domain: Int
    var code: Int

    /// `kCFStreamErrorDomainPOSIX` of `CoreFoundation/CFStream.h`.
    static let posix = 1
    /// `kCFStreamErrorDomainSSL` of `CFNetwork/CFSocketStream.h`; its codes are those of `Security/SecureTransport.h`.
    static let tls = 3
    /// `kCFStreamErrorDomainNetServices` of `CFNetwork/CFNetServices.h`; names are resolved by that service.
    static let nameService = 10

    /// The maximum number of nested errors that are searched. CFNetwork nests fewer; the limit ends a cycle.
    private static let maximumDepth = 8

    init(domain: Int, code: Int) {
        self.domain = domain
        self.code = code
    }

    /// Creates the innermost cause in the error and its underlying errors. `nil` if none contains a cause.
    init?(of error: any Error) {
        var cause: Self?
        var next: NSError? = error as NSError
        for _ in 0..<Self.maximumDepth {
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

    /// The cause as a TLS failure. `nil` if it isn't about TLS.
    var tlsFailure: TLSFailure? { domain == Self.tls ? TLSFailure(status: code) ?? .handshake : nil }

    /// True if the cause matches a process in the macOS sandbox without the network entitlement.
    ///
    /// The sandbox rejects connections with EPERM. It also prevents name resolution: the log shows `dnssd_clientstub
    /// ConnectToServer: … Errno:1 Operation not permitted` (Apple, "Discovering and diagnosing App Sandbox
    /// violations"), and the stream's cause is -72000 of the name service. A VPN's resolver can also cause the latter.
    var looksLikeSandbox: Bool {
        self == Self(domain: Self.posix, code: Int(EPERM)) || self == Self(domain: Self.nameService, code: -72000)
    }
}
