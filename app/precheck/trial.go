package precheck

import "shangjiatong/app/listing"

// trialEnvironment decides RULE-16: reviewers have all they need to try the app.
func trialEnvironment(q *inquiry) {
	for _, field := range []string{"app.test_environment", "app.test_account", "app.test_password", "app.test_data"} {
		q.require(field, "missing")
	}
	q.expect("app.test_on_workbench", listing.Yes, "missing", "off_workbench")
}

// errorPage decides RULE-18: the error pages name the unit and somebody to call.
func errorPage(q *inquiry) {
	q.expect("app.error_page_ready", listing.Yes, "unanswered", "not_ready")
	q.require("app.error_page_person", "missing")
	q.require("app.error_page_phone", "missing")
}
