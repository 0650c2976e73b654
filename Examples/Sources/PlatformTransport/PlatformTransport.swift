public import FetchCore

#if os(Linux)
    import FetchCurl
#else
    import FetchURLSession
#endif

/// The transport that suits the platform: libcurl on Linux, URLSession on Apple platforms.
public enum PlatformTransport {
    /// Returns the transport that all clients of the process share.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` on a Linux without libcurl.
    public static func shared() throws -> any StreamingTransport {
        #if os(Linux)
            try CurlTransport.curl
        #else
            URLSessionTransport.shared
        #endif
    }
}
