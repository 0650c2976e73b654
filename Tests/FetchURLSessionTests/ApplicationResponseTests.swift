import FetchCore
import FetchURLSession
import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("Responses that an application has received") struct ApplicationResponseTests {
    private let url = URL(string: "https://api.example.com/v1/videos")!

    @Test func `a response of URLSession has the status, the fields, the body, the URL and the date`() throws {
        let received = try #require(
            HTTPURLResponse(
                url: url,
                statusCode: 202,
                httpVersion: "HTTP/1.1",
                headerFields: ["Location": "/v1/videos/7", "Date": "Tue, 14 Nov 2023 22:13:10 GMT"]
            )
        )
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        let response = try FetchResponse(Data("{}".utf8), received, receivedAt: date)
        #expect(response.status == 202)
        #expect(response.headers["location"] == "/v1/videos/7")
        #expect(response.headers["date"] == "Tue, 14 Nov 2023 22:13:10 GMT")
        #expect(response.body == Data("{}".utf8))
        #expect(response.url == url)
        #expect(response.receivedAt == date)
    }

    @Test func `a response without a date was received now`() throws {
        let received = try #require(HTTPURLResponse(url: url, statusCode: 200, httpVersion: nil, headerFields: nil))
        let before = Date()
        let date = try #require(try FetchResponse(Data(), received).receivedAt)
        #expect(date >= before && date <= Date())
    }

    @Test func `a response that isn't of HTTP is an error`() {
        let received = URLResponse(url: url, mimeType: nil, expectedContentLength: 0, textEncodingName: nil)
        let error = #expect(throws: FetchError.self) { try FetchResponse(Data(), received) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.isRetryable == false)
    }
}
