import FetchCore
import Testing

@Suite("Proxy environment variables") struct ProxyEnvironmentTests {
    @Test(arguments: [
        ([:], "127.0.0.1", false),
        (["http_proxy": "http://proxy:3128"], "127.0.0.1", true),
        (["http_proxy": ""], "127.0.0.1", false),
        (["HTTP_PROXY": "http://proxy:3128"], "127.0.0.1", false),
        (["https_proxy": "http://proxy:3128"], "127.0.0.1", false),
        (["all_proxy": "http://proxy:3128"], "127.0.0.1", true),
        (["ALL_PROXY": "socks5://proxy"], "localhost", true),
        (["http_proxy": "http://proxy", "no_proxy": "127.0.0.1"], "127.0.0.1", false),
        (["http_proxy": "http://proxy", "no_proxy": "example.com, localhost"], "LOCALHOST", false),
        (["http_proxy": "http://proxy", "NO_PROXY": "*"], "127.0.0.1", false),
        (["http_proxy": "http://proxy", "no_proxy": "", "NO_PROXY": "*"], "127.0.0.1", false),
        (["http_proxy": "http://proxy", "no_proxy": ".example.com"], "api.example.com", false),
        (["http_proxy": "http://proxy", "no_proxy": "example.com"], "badexample.com", true),
        (["http_proxy": "http://proxy", "no_proxy": "::1"], "[::1]", false),
        (["http_proxy": "http://proxy", "no_proxy": "127.0.0.0/8"], "127.0.0.1", true),
    ])
    func `the variables are interpreted like in libcurl`(variables: [String: String], host: String, isUsed: Bool) {
        #expect(ProxyEnvironment({ variables[$0] }).isUsed(for: host) == isUsed)
    }

    @Test(arguments: [
        ("x,*", "example.com", true),
        ("*.example.com", "api.example.com", true),
        ("..example.com", "example.com", true),
        (".", "example.com", true),
        (".example.com", "example.com", false),
        ("api.example.com", "example.com", true),
        ("example.com:80", "example.com", true),
        (",,x ,\texample.com , y", "example.com", false),
        ("x example.com", "example.com", true),
        ("x, y z,example.com", "example.com", true),
        ("0.0.1", "127.0.0.1", true),
        (".127.0.0.1", "127.0.0.1", true),
        ("[::1]", "[::1]", true),
    ])
    func `the proxy is bypassed for the hosts that no_proxy lists, and for no others`(
        list: String,
        host: String,
        isUsed: Bool
    ) {
        let variables = ["http_proxy": "http://proxy", "no_proxy": list]
        #expect(ProxyEnvironment({ variables[$0] }).isUsed(for: host) == isUsed)
    }
}
