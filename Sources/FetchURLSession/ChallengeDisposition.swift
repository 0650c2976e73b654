import Foundation

#if !canImport(FoundationNetworking)
    extension URLAuthenticationChallenge {
        /// The answer to the challenge: the system evaluates TLS, and a server's request for credentials is rejected.
        ///
        /// Challenges of proxies also come here, and their credentials belong to the system ("isProxy",
        /// `NSURLProtectionSpace.h`: "Determine if this protection space requires a proxy").
        var disposition: URLSession.AuthChallengeDisposition {
            switch protectionSpace.authenticationMethod {
            case NSURLAuthenticationMethodServerTrust, NSURLAuthenticationMethodClientCertificate:
                .performDefaultHandling
            default: protectionSpace.isProxy() ? .performDefaultHandling : .rejectProtectionSpace
            }
        }
    }
#endif
