import FetchCore
import FetchURLSession
import Foundation
import Testing

@Suite("Errors as NSError") struct BridgedErrorTests {
    @Test func `an NSError has the domain, the number of the code and the sentences for people`() {
        var error = FetchError(httpStatus: 401, detail: "“Invalid API key”")
        error.endpoint = "example.video"
        error.id = "42"
        let bridged = error as NSError
        #expect(bridged.domain == "FetchCore.FetchError")
        #expect(bridged.code == 3002)
        #expect(bridged.localizedDescription == "The provider refused the key.")
        #expect(bridged.localizedRecoverySuggestion == error.remedy)
        #expect(bridged.userInfo["NSDebugDescription"] as? String == error.description)
    }
}
