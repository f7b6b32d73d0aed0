package capture

import (
	"cmp"
	"strings"

	"shangjiatong/app/tracking"
	"shangjiatong/app/tracking/queue"
)

// user judges who the report says it was (TRACK-10), and the device (TRACK-4).
func (r *report) user() {
	inArgs := r.args["_user_id"]
	user := cmp.Or(r.v.User, inArgs)
	w := tracking.Words{Value: user, Other: "_user_id"}
	switch {
	case user == "" && r.outside():
		r.say(userDesktop, w)
	case user == "":
		r.say(userEmpty, w)
	case r.facts.IsPlaceholder(user) || r.User.Invented.match(user):
		r.say(userPlaceholder, w)
	case r.User.EmployeeCode.MatchString(user):
		r.say(userCode, w)
	case r.facts.PersonalIn(user) != "":
		r.say(userPersonal, tracking.Words{Value: r.facts.PersonalIn(user)})
	case !r.User.AccountID.MatchString(user):
		r.say(userForm, w)
	}
	if r.v.User != "" && inArgs != "" && r.v.User != inArgs {
		r.say(userTwo, tracking.Words{Value: r.v.User, Other: inArgs})
	}
	if device := cmp.Or(r.v.DeviceID, r.args["_dev_id"]); device != "" && (r.facts.IsPlaceholder(device) || r.User.Devices.match(device)) {
		r.say(devicePlaceholder, tracking.Words{Value: device})
	}
	r.remember(user)
}

// outside reports whether the report came from a browser that is known to be no 浙政钉 client, where nobody can be known.
func (r *report) outside() bool {
	return r.v.Agent != "" && r.v.Client != queue.ClientMini && !strings.Contains(r.v.Agent, r.User.Client)
}

// remember keeps which devices a user was seen on.
func (r *report) remember(user string) {
	if user == "" || r.v.CNA == "" || len(r.people) >= 2 && r.people[user] == nil {
		return
	}
	if r.people[user] == nil {
		r.people[user] = map[string]bool{}
	}
	if len(r.people[user]) < r.Limits.Views {
		r.people[user][r.v.CNA] = true
	}
}
