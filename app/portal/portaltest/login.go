package portaltest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
)

// answerScan tells a login page whether the phone has confirmed, and where to go then.
func (p *Portal) answerScan(w http.ResponseWriter, r *http.Request) {
	at, to := r.FormValue("at"), r.FormValue("goto")
	said := map[string]string{}
	p.mu.Lock()
	if p.scan {
		p.scan = false
		token := rand.Text()
		p.sessions[token] = true
		http.SetCookie(w, &http.Cookie{Name: cookieOf(at), Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		said["go"] = homeOf(at)
		if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") {
			said["go"] = to
		}
	}
	p.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(said)
}

// Scan is the phone: it confirms the login page that asks next.
func (p *Portal) Scan() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scan = true
}

// Sessions says how many logins are good.
func (p *Portal) Sessions() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sessions)
}

// ExpireSession ends every login: what asks next is sent to the login page.
func (p *Portal) ExpireSession() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sessions = map[string]bool{}
}

// LogOut ends every login, and forgets a scan that no login page has asked for yet.
func (p *Portal) LogOut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sessions, p.scan = map[string]bool{}, false
}

// logOut ends the login that a request comes with.
func (p *Portal) logOut(r *http.Request) {
	c, err := r.Cookie(cookieOf(pageOf(r)))
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sessions, c.Value)
}
