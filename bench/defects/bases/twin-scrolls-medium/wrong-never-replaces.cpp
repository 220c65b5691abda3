// Wrong: longest common subsequence only; replacing is never considered.
#include <bits/stdc++.h>
using namespace std;
int main() {
    string a, b;
    long long d, r;
    cin >> a >> b >> d >> r;
    vector<vector<int>> common(a.size() + 1, vector<int>(b.size() + 1));
    for (size_t i = 1; i <= a.size(); i++)
        for (size_t j = 1; j <= b.size(); j++)
            common[i][j] = a[i - 1] == b[j - 1] ? common[i - 1][j - 1] + 1 : max(common[i - 1][j], common[i][j - 1]);
    cout << d * ((long long)a.size() + (long long)b.size() - 2 * common[a.size()][b.size()]) << "\n";
}
