import FetchJobs

/// The parameters of a connection, as libpq has read them from a URL. No description of it contains the password.
struct DatabaseAddress: Sendable {
    /// The parameters of each host, to be tried in order.
    let hosts: [[(name: String, value: String)]]

    /// The hosts, their ports and the database, for messages.
    let name: String

    private let secrets: [String]

    /// Reads a URL, or a list of parameters such as `host=db dbname=app`.
    ///
    /// - Throws: `JobStoreError` with the code `unusable` if libpq can't read it. The error contains no part of it,
    ///   since a password with special characters may be taken for a host or a port.
    init(_ url: String, _ functions: PostgresFunctions) throws(JobStoreError) {
        guard !url.allSatisfy(\.isWhitespace) else {
            throw JobStoreError(
                .unusable,
                "the URL of the database is empty",
                remedy: "Write postgres://user:password@host/database, or postgres:// to take all of it from variables "
                    + "such as PGHOST."
            )
        }
        let parameters = Self.parse(url, functions)
        guard let parameters, Self.isPlausible(parameters) else {
            throw JobStoreError(
                .unusable,
                "the URL of the database is malformed",
                remedy: "Write postgres://user:password@host/database, and percent-encode special characters of the "
                    + "password: “/” as %2F, “@” as %40."
            )
        }
        func list(_ name: String) -> [String] {
            parameters[name].map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
        }
        let names = list("host")
        let addresses = list("hostaddr")
        let ports = list("port")
        var hosts: [[(name: String, value: String)]] = []
        for index in 0..<max(names.count, addresses.count, 1) {
            var one = parameters
            if index < names.count { one["host"] = names[index] }
            if index < addresses.count { one["hostaddr"] = addresses[index] }
            if ports.count > 1 { one["port"] = index < ports.count ? ports[index] : nil }
            one["client_encoding"] = "UTF8"
            one["application_name"] = one["application_name"] ?? "FetchKit"
            hosts.append(one.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) })
        }
        self.hosts = hosts
        let host = (names.isEmpty ? addresses : names).joined(separator: ",")
        name = "\(host.isEmpty ? "the local server" : host)/\(parameters["dbname"] ?? "")"
        secrets = [parameters["password"], parameters["sslpassword"]].compactMap { $0 }.filter { !$0.isEmpty }
    }

    /// Removes passwords from a message of libpq, and everything in quotes.
    func redact(_ message: String) -> String {
        var text = ""
        var isQuoted = false
        for character in message {
            if character == "\"" { isQuoted.toggle() } else if !isQuoted { text.append(character) }
        }
        return secrets.reduce(text) { text, secret in
            text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "…")
        }
    }

    private static func parse(_ url: String, _ functions: PostgresFunctions) -> [String: String]? {
        guard !url.utf8.contains(0) else { return nil }
        var message: UnsafeMutablePointer<CChar>?
        let parsed = functions.parse(url, &message)
        functions.freeMemory(message)
        guard let parsed else { return nil }
        defer { functions.freeParsed(parsed) }
        // Each entry has six pointers and a number. The first one is the name, the fourth one the value.
        let stride = MemoryLayout<UnsafeRawPointer>.stride * 7
        var parameters: [String: String] = [:]
        var entry = parsed
        while let name = entry.load(as: UnsafePointer<CChar>?.self) {
            let offset = MemoryLayout<UnsafeRawPointer>.stride * 3
            if let value = entry.load(fromByteOffset: offset, as: UnsafePointer<CChar>?.self) {
                parameters[String(cString: name)] = String(cString: value)
            }
            entry += stride
        }
        return parameters
    }

    /// Returns false if a part of a password was probably taken for a host, a port or a database.
    private static func isPlausible(_ parameters: [String: String]) -> Bool {
        let ports = parameters["port"] ?? ""
        return ports.utf8.allSatisfy { (48...57).contains($0) || $0 == 44 }
            && ["host", "dbname"].allSatisfy { !(parameters[$0]?.utf8.contains(64) ?? false) }
    }
}

extension DatabaseAddress: CustomStringConvertible, CustomReflectable {
    /// The hosts and the database, without user and password.
    var description: String { name }

    var customMirror: Mirror { Mirror(self, children: ["name": name], displayStyle: .struct) }
}
