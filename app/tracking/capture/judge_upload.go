package capture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"shangjiatong/app/tracking"
)

// Upload judges one stability upload (TRACK-13, TRACK-1).
func (j *Judge) Upload(u Upload, s Seen) {
	j.now = nil
	if j.full() {
		return
	}
	j.uploads++
	w := tracking.Words{Value: u.Host, Want: j.facts.Stability.Host}
	switch {
	case u.Host == "" || sameHost(u.Host, w.Want):
	case slices.Contains(j.facts.Traffic.OutdatedHosts, strings.ToLower(u.Host[strings.Index(u.Host, "://")+3:])):
		j.say(uploadRetired, s, w)
	default:
		j.say(uploadHost, s, w)
	}
	j.bid(u.Header["app"], s)
	key := cmp.Or(j.params.Signkey, j.facts.Stability.UsualSignkey)
	if sign, err := u.Sign(key); err != nil || !strings.EqualFold(sign, u.Header["sign"]) {
		j.say(uploadSign, s, tracking.Words{Want: j.facts.Stability.Script()})
	}
	j.answered(s)
}

func (j *Judge) answered(s Seen) {
	switch {
	case !s.Answered:
		if s.Source != "" && !slices.Contains(j.unseen, s.Source) {
			j.unseen = append(j.unseen, s.Source)
		}
	case s.Status == 0:
		j.say(uploadUnanswered, s, tracking.Words{})
	case s.Status != 200:
		j.say(uploadStatus, s, tracking.Words{Value: fmt.Sprint(s.Status)})
	}
}

// unreadable takes an upload whose header could not be read.
func (j *Judge) unreadable(s Seen) {
	j.now = nil
	if !j.full() {
		j.uploads++
		j.say(uploadHeaderBad, s, tracking.Words{})
	}
}

// bid compares the app of an upload with the bid that was issued.
func (j *Judge) bid(got string, s Seen) {
	want := j.params.Bid
	if want == "" && j.params.Identifier != "" {
		want = j.facts.Stability.Bid(j.params.Identifier)
	}
	w := tracking.Words{Value: got, Want: want}
	switch {
	case want == "":
		j.alone(got, s)
	case got == want:
	case tracking.DiffersByUnderscores(got, want):
		j.say(bidDoubled, s, w)
	case j.foreign(got, want):
		j.say(bidSuffix, s, w)
	default:
		j.say(bidDiffers, s, w)
	}
}

// foreign reports whether a bid has the suffix of another use, or none.
func (j *Judge) foreign(got, want string) bool {
	name := strings.TrimSuffix(want, j.facts.Stability.BidSuffix)
	return got == name || slices.ContainsFunc(j.facts.Stability.ForeignSuffixes, func(suffix string) bool { return got == name+suffix })
}

// alone judges a bid that can be compared with nothing.
func (j *Judge) alone(got string, s Seen) {
	name, proper := strings.CutSuffix(got, j.facts.Stability.BidSuffix)
	w := tracking.Words{Value: got, Want: "应用标识 + " + j.facts.Stability.BidSuffix}
	switch {
	case !proper:
		j.say(bidSuffix, s, w)
	case strings.HasSuffix(name, "_"):
		j.say(bidDoubled, s, w)
	}
}
