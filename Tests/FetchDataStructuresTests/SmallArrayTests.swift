import FetchDataStructures
import Testing

@Suite("Small array") struct SmallArrayTests {
    private func array(_ count: Int) -> SmallArray<Int> {
        var array = SmallArray<Int>()
        for element in 0..<count { array.append(element) }
        return array
    }

    @Test(arguments: 0..<5) func `elements stay in the order in which they came`(count: Int) {
        #expect(Array(array(count)) == Array(0..<count))
        #expect(array(count).count == count)
        #expect(array(count).isEmpty == (count == 0))
    }

    @Test func `an array of one element can be created with it`() { #expect(Array(SmallArray(7)) == [7]) }

    @Test(arguments: 1..<5) func `elements are removed by index`(count: Int) {
        for index in 0..<count {
            var array = array(count)
            #expect(array.remove(at: index) == index)
            #expect(Array(array) == (0..<count).filter { $0 != index })
            array.append(9)
            #expect(Array(array) == (0..<count).filter { $0 != index } + [9])
        }
    }

    @Test(arguments: 0..<5) func `one element is changed in place`(count: Int) {
        for index in 0..<count {
            var array = array(count)
            let before = array.update(index) { element in
                defer { element = 100 }
                return element
            }
            #expect(before == index)
            #expect(Array(array) == (0..<count).map { $0 == index ? 100 : $0 })
        }
    }

    @Test(arguments: 0..<5) func `all elements are changed in place`(count: Int) {
        var array = array(count)
        array.updateAll { $0 *= 10 }
        #expect(Array(array) == (0..<count).map { $0 * 10 })
    }

    @Test(arguments: 0..<6) func `elements are updated, and some removed, in one pass`(count: Int) {
        for divisor in 1..<4 {
            var array = array(count)
            array.removeAll { element in
                element += 100
                return element % divisor != 0
            }
            #expect(Array(array) == (0..<count).map { $0 + 100 }.filter { $0 % divisor == 0 })
        }
    }

    @Test(arguments: 0..<4) func `the least value of a property is found, if there is one`(count: Int) {
        var array = array(count)
        #expect(array.least { -$0 } == (count == 0 ? nil : 1 - count))
        #expect(array.least { $0 > 0 ? $0 : nil } == (count > 1 ? 1 : nil))
        #expect(array.least { $0 > 9 ? $0 : nil } == nil)
    }
}
