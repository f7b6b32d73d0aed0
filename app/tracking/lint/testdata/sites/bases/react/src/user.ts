export interface User {
  accountId: number | string;
}

export async function fetchUser(): Promise<User> {
  const auth = await (window as any).dd.getAuthCode({});
  const res = await fetch('https://api.example.gov.cn/user?code=' + (auth.code ?? auth.auth_code));
  if (!res.ok) {
    throw new Error('登录失败');
  }
  return (await res.json()).data;
}
