// A client with net/http. The first argument is the server's URL. Each line of standard input states the number of requests
// in flight and the seconds of a measurement, whose result is a line of JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const body = `{"key":"sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e"}`

type pollResponse struct {
	Status string  `json:"status"`
	ETA    float64 `json:"eta"`
}

type sample struct {
	Requests int     `json:"requests"`
	Wall     float64 `json:"wall"`
	CPU      float64 `json:"cpu"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
}

func poll(client *http.Client, prefix string, job int64) error {
	response, err := client.Post(fmt.Sprintf("%s%d", prefix, job), "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var decoded pollResponse
	if err := json.Unmarshal(data, &decoded); err != nil {
		return err
	}
	if response.StatusCode != 200 || decoded.Status != "processing" || decoded.ETA != 12.5 {
		return fmt.Errorf("unexpected response")
	}
	return nil
}

// Returns the user and system time of this process in seconds.
func cpuSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

func measure(client *http.Client, prefix string, inFlight int, seconds float64) sample {
	job := int64(90000000)
	workers := make([][]float64, inFlight)
	var group sync.WaitGroup
	cpu := cpuSeconds()
	begin := time.Now()
	end := begin.Add(time.Duration(seconds * float64(time.Second)))
	for worker := range workers {
		group.Add(1)
		go func(worker int) {
			defer group.Done()
			for now := time.Now(); now.Before(end); {
				if err := poll(client, prefix, atomic.AddInt64(&job, 1)); err != nil {
					fail(err)
				}
				start := now
				now = time.Now()
				workers[worker] = append(workers[worker], float64(now.Sub(start).Nanoseconds())/1e3)
			}
		}(worker)
	}
	group.Wait()
	wall := time.Since(begin).Seconds()
	cpu = cpuSeconds() - cpu
	var latencies []float64
	for _, worker := range workers {
		latencies = append(latencies, worker...)
	}
	sort.Float64s(latencies)
	count := len(latencies)
	return sample{count, wall, cpu, latencies[count/2], latencies[count*99/100]}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func main() {
	prefix := strings.TrimSuffix(os.Args[1], "/") + "/api/v6/video/fetch/"
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// With the default of two, most connections would be closed after each request.
	transport.MaxIdleConns = 1000
	transport.MaxIdleConnsPerHost = 1000
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		var inFlight int
		var seconds float64
		if _, err := fmt.Sscan(input.Text(), &inFlight, &seconds); err != nil {
			fail(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(measure(client, prefix, inFlight, seconds)); err != nil {
			fail(err)
		}
	}
}
