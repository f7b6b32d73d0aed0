const API = 'https://api.example.gov.cn';

export async function login() {
  const res = await window.dd?.getAuthCode({ corpId: '' });
  const code = res?.code ?? res?.auth_code;
  const reply = await fetch(`${API}/login?code=${code}`);
  const body = await reply.json();
  return body.data;
}
