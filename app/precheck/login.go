package precheck

import "shangjiatong/app/listing"

// loginFree decides RULE-1: 免登 is connected, and nothing asks for a login a second time.
func loginFree(q *inquiry) {
	q.expect("app.login_free", listing.Yes, "unanswered", "no_login")
	q.expect("app.asks_password", listing.No, "unanswered", "password")
	q.expect("app.reauth_other_app", listing.No, "unanswered", "reauth")
}
