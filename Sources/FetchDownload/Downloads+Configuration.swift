public import FetchCore

extension Downloads {
    /// The settings of downloads.
    public struct Configuration: Sendable {
        /// The maximum size of a file in bytes. Larger ones aren't written beyond it, and fail with
        /// `FetchError.Code.responseTooLarge`. Defaults to 4 GiB.
        public var maximumBytes: Int64

        /// The addresses to which a download may connect, checked for the link and for each redirect. Defaults to
        /// public ones.
        ///
        /// A transport whose `enforcesAddressPolicy` is true, such as `CurlTransport` without a proxy, connects only to
        /// addresses that it has checked. With any other, such as `URLSessionTransport`, or `CurlTransport` behind a
        /// proxy that resolves names, the name is resolved by the system before each request, and the request isn't
        /// sent unless all of its addresses are allowed. The transport or the proxy then resolves the name again: an
        /// attacker who changes it in between isn't stopped, and neither is a name that has other addresses for the
        /// proxy. A name that the system can't resolve, since only the proxy can, isn't requested unless the policy
        /// allows the host.
        public var addresses: AddressPolicy

        /// The hosts from which files may be downloaded with plain http: names or addresses, without a port. Upper and
        /// lower case are the same, and so are an address with brackets and without. Others use https, or are refused
        /// with `FetchError.Code.refusedURL`. Defaults to none.
        public var plainHTTPHosts: Set<String>

        /// The number of downloads at the same time. Values below one count as one. Defaults to 16.
        public var maximumDownloads: Int

        /// The number of downloads from one host at the same time. Values below one count as one. Defaults to 4.
        public var downloadsPerHost: Int

        /// The time after which a connection on which nothing arrives is given up, and the request repeated. Defaults
        /// to 30 seconds.
        public var idleTimeout: Duration

        /// The action if a file of that name exists. Defaults to ``ExistingFile/keepIfSame``.
        public var existingFile: ExistingFile

        /// True if a part of a file that a download couldn't finish stays beside the target, as a hidden file, so that
        /// a later download goes on with it. Only parts whose server has a strong validator stay. Defaults to true.
        public var keepsParts: Bool

        /// True if a file is written out to its disk before the download ends, so that it is whole after a power
        /// failure, too. Defaults to true.
        public var isDurable: Bool

        /// Creates settings.
        ///
        /// - Parameters:
        ///   - maximumBytes: The maximum size of a file in bytes. Defaults to 4 GiB.
        ///   - addresses: The addresses to which a download may connect. Defaults to public ones.
        ///   - plainHTTPHosts: The hosts from which files may be downloaded with plain http. Defaults to none.
        ///   - maximumDownloads: The number of downloads at the same time. Defaults to 16.
        ///   - downloadsPerHost: The number of downloads from one host at the same time. Defaults to 4.
        ///   - idleTimeout: The time without a byte after which a request is repeated. Defaults to 30 seconds.
        ///   - existingFile: The action if a file of that name exists. Defaults to ``ExistingFile/keepIfSame``.
        ///   - keepsParts: Pass false to remove the part of each file that isn't finished. Defaults to true.
        ///   - isDurable: Pass false to leave it to the operating system when files are written to their disk.
        ///     Defaults to true.
        public init(
            maximumBytes: Int64 = 4 << 30,
            addresses: AddressPolicy = .publicOnly,
            plainHTTPHosts: Set<String> = [],
            maximumDownloads: Int = 16,
            downloadsPerHost: Int = 4,
            idleTimeout: Duration = .seconds(30),
            existingFile: ExistingFile = .keepIfSame,
            keepsParts: Bool = true,
            isDurable: Bool = true
        ) {
            self.maximumBytes = maximumBytes
            self.addresses = addresses
            self.plainHTTPHosts = plainHTTPHosts
            self.maximumDownloads = maximumDownloads
            self.downloadsPerHost = downloadsPerHost
            self.idleTimeout = idleTimeout
            self.existingFile = existingFile
            self.keepsParts = keepsParts
            self.isDurable = isDurable
        }

        /// Returns true if files may be downloaded from a host with plain http.
        func allowsPlainHTTP(from host: String) -> Bool {
            let host = AddressPolicy.normalized(host)
            return plainHTTPHosts.contains { AddressPolicy.normalized($0) == host }
        }
    }
}
