import FetchDownload
import Foundation
import Testing

@Suite("Links without their signatures") struct UnsignedLinkTests {
    @Test(arguments: [
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2Fb&X-Amz-Expires=600&X-Amz-Signature=1f",
        "AWSAccessKeyId=A&Expires=1700000000&Signature=a%2Bb%3D", "Expires=1&Signature=b~&Key-Pair-Id=K1&Policy=e30_",
        "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-SignedHeaders=host&X-Goog-Signature=1f", "x%2Damz%2Ddate=1",
        "hdnts=exp=1~acl=/*~hmac=1f",
        "sv=2022-11-02&st=2026&se=2027&sr=b&sp=r&sig=a%3D&spr=https", "token=a&expires=1", "",
    ])
    func `the parameters of a signature are removed, and the fragment`(signature: String) throws {
        let link = "https://cdn.example.com/out/a.png"
        for other in ["", "file=a&n=2&file=b"] {
            let parameters = [other, signature].filter { !$0.isEmpty }.joined(separator: "&")
            let url = try #require(URL(string: "\(link)?\(parameters)#part"))
            #expect(UnsignedLink(url).text == (other.isEmpty ? link : "\(link)?\(other)"))
        }
    }

    @Test func `links that differ in another parameter stay different`() throws {
        let queries = [
            "", "?file=a", "?file=b", "?file=a&page=2", "?FILE=a", "?token=a", "?token=b", "?sr=a", "?sp=b", "?sig=a",
            "?id",
            "?file=%61", "?x-amz=1", "?name=Signature",
        ]
        let links = try queries.map { UnsignedLink(try #require(URL(string: "https://example.com/get\($0)"))) }
        #expect(Set(links).count == queries.count)
    }
}
