import { defineStore } from 'pinia';
import { request } from '../utils/request';

interface User {
  accountId: string;
  nick?: string;
}

export const useUserStore = defineStore('user', {
  state: () => ({ accountId: '' as string, nick: '' }),
  actions: {
    async login(): Promise<void> {
      const res: any = await (window as any).dd.getAuthCode({});
      const { data } = await request.post<User>('https://api.example.gov.cn/login', { code: res.code || res.auth_code });
      this.accountId = data.accountId;
      this.nick = data.nick ?? '';
    },
  },
});
