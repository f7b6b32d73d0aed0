import axios, { type AxiosInstance } from 'axios';

export const request: AxiosInstance = axios.create({ baseURL: 'https://api.example.gov.cn', timeout: 10000 });
